using Luodi.ServiceDefaults.Decisions;
using Shouldly;

namespace Luodi.Specs;

/// <summary>A specification told in facts: given what has happened, when somebody asks for something, then this happens or is refused.</summary>
public abstract class Story<TState> where TState : class
{
    /// <summary>What the facts so far have made of the record; null where there is none.</summary>
    protected abstract TState? Evolve(TState? state, object fact);

    protected Given<TState> Given(params IEnumerable<object> facts) =>
        new(facts.Aggregate((TState?)null, Evolve) ?? throw new InvalidOperationException("A story about a record begins with the fact that makes it."));

    /// <summary>A story that begins with nothing: the command makes the record.</summary>
    protected static Outcome When(Decision decision) => new(decision);
}

public sealed record Given<TState>(TState State)
{
    public Outcome When(Func<TState, Decision> rule) => new(rule(State));
}

public sealed class Outcome(Decision decision)
{
    /// <summary>Exactly these facts, in this order.</summary>
    public Outcome Then(params object[] facts)
    {
        decision.Refusals.ShouldBeEmpty();
        decision.Events.Select(Stored).ShouldBe(facts.Select(Stored));
        return this;
    }

    /// <summary>The command has taken effect before: nothing changes, and nobody is told off.</summary>
    public Outcome ThenNothing() => Then();

    /// <summary>The same is told of another stream.</summary>
    public Outcome AndOf(Guid stream, object fact)
    {
        decision.Elsewhere.Select(each => (each.Stream, Stored(each.Fact))).ShouldHaveSingleItem().ShouldBe((stream, Stored(fact)));
        return this;
    }

    // As it is stored: lists of two records are never one object.
    private static string Stored(object fact) => $"{fact.GetType().Name} {System.Text.Json.JsonSerializer.Serialize(fact, fact.GetType(), Luodi.Contracts.Wire.WireJson.Options)}";

    public Outcome Effective(DateOnly? on)
    {
        decision.EffectiveOn.ShouldBe(on);
        return this;
    }

    public Outcome Because(string reason)
    {
        decision.Reason.ShouldBe(reason);
        return this;
    }

    /// <summary>The record takes a key that no other may hold, and this is what the second one hears.</summary>
    public Outcome Reserving(string key, Refusal taken)
    {
        decision.Reservations.ShouldBe([(key, taken)]);
        return this;
    }

    public Outcome Releasing(params string[] keys)
    {
        decision.Releases.ShouldBe(keys);
        return this;
    }

    public Outcome Answering(object answer)
    {
        // By their members: an answer is an anonymous object of another assembly.
        decision.Answer.ShouldNotBeNull().ToString().ShouldBe(answer.ToString());
        return this;
    }

    /// <summary>This and nothing else is wrong, and nothing has happened.</summary>
    /// <param name="field">The field that is marked in the form; null where it is about the state of things.</param>
    public void ThenRefused<TRefusal>(string? field = null, int? status = null) where TRefusal : Refusal
    {
        var refusal = decision.Refusals.ShouldHaveSingleItem().ShouldBeOfType<TRefusal>();
        refusal.Field.ShouldBe(field);
        refusal.Status.ShouldBe(status ?? (field is null ? 409 : 422));
        NothingHappened();
    }

    public void ThenRefused(params Refusal[] refusals)
    {
        decision.Refusals.ShouldBe(refusals);
        NothingHappened();
    }

    private void NothingHappened()
    {
        decision.Events.ShouldBeEmpty();
        decision.Reservations.ShouldBeEmpty();
        decision.Releases.ShouldBeEmpty();
        decision.Elsewhere.ShouldBeEmpty();
    }
}
