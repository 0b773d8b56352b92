namespace Luodi.Portal.Accounts;

/// <summary>What a command came to, for what follows it outside its transaction.</summary>
internal static class Accepted
{
    /// <summary>The status of one that was accepted; null for one that was refused.</summary>
    public static int? StatusOf(IResult result) =>
        result is IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK or StatusCodes.Status201Created } accepted ? accepted.StatusCode : null;
}
