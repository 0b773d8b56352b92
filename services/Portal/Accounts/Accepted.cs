using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Luodi.Portal.Accounts;

/// <summary>What a command came to, for what follows it outside its transaction.</summary>
internal static class Accepted
{
    /// <summary>The status of one that was accepted; null for one that was refused.</summary>
    public static int? StatusOf(IResult result) =>
        result is IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK or StatusCodes.Status201Created } accepted ? accepted.StatusCode : null;

    /// <summary>The id in the answer to one that was accepted: of the record that there is, whichever of several tries began it.</summary>
    public static Guid IdOf(IResult result) => JsonNode.Parse(((ContentHttpResult)result).ResponseContent!)!["id"]!.GetValue<Guid>();
}
