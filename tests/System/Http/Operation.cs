using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Http;

/// <summary>One method at one address, as a service's own description of its API lists it: an endpoint that is added is tested too.</summary>
/// <param name="Body">The schema of its body.</param>
/// <param name="Parameters">The names of what its query may hold.</param>
internal sealed record Operation(HttpMethod Method, string Path, JsonNode? Body, params IReadOnlyList<string> Parameters)
{
    public static async Task<IReadOnlyList<Operation>> Of(string service)
    {
        var description = (await Site.Here.With(null).Get($"api/{service}/openapi/v1.json")).Must(200);
        var operations = description["paths"].AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => new Operation(
                HttpMethod.Parse(operation.Key), path.Key.Split('?')[0], Resolve(description.Json!, operation.Value!["requestBody"]?["content"]?["application/json"]?["schema"]),
                [.. (operation.Value!["parameters"]?.AsArray() ?? []).Select(parameter => parameter!["name"]!.GetValue<string>())])))
            .Where(operation => !operation.Path.Contains("openapi", StringComparison.Ordinal))
            .ToList();
        operations.Count.ShouldBeGreaterThan(3);
        return operations;
    }

    public Task<Answer> Send(Api api, string? id = null, object? body = null, params (string Name, string Value)[] headers) =>
        api.Send(Method, Address(id), body ?? (Method == HttpMethod.Post ? new { } : null), headers);

    public string Address(string? id = null) => Path.Replace("{id}", id ?? Guid.CreateVersion7().ToString(), StringComparison.Ordinal).TrimStart('/');

    /// <summary>The fields of its body.</summary>
    public IReadOnlyList<string> Fields => [.. (Body?["properties"]?.AsObject() ?? []).Select(each => each.Key)];

    private static JsonNode? Resolve(JsonNode description, JsonNode? schema) =>
        schema?["$ref"]?.GetValue<string>() is { } reference ? reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)description, (node, step) => node?[step]) : schema;
}
