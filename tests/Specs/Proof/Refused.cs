using Luodi.Proof;
using Shouldly;

namespace Luodi.Specs.Proof;

/// <summary>What is not proven says why.</summary>
internal static class Refused
{
    public static void Because(Flaw flaw, Action action) => Should.Throw<ProofException>(action).Flaw.ShouldBe(flaw);

    public static void Because(Flaw flaw, Func<object?> make) => Because(flaw, () => { _ = make(); });

    /// <summary>One of these, by what the change hits first.</summary>
    public static void Because(Flaw[] flaws, Action action, string change) => flaws.ShouldContain(Should.Throw<ProofException>(action, change).Flaw, change);
}
