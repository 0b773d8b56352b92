using System.Collections.Frozen;
using System.Reflection;

namespace Luodi.Contracts;

/// <summary>The name under which an event is stored and sent, for ever: a class may be renamed, its event may not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventNameAttribute(string name) : Attribute
{
    /// <summary>In the past tense, snake case: <c>agreement_signed</c>.</summary>
    public string Name { get; } = name;
}

/// <summary>The events of each service, found by their <see cref="EventNameAttribute"/>.</summary>
public static class EventTypes
{
    /// <summary>Every event by its stored name.</summary>
    public static FrozenDictionary<string, Type> ByName { get; } = typeof(EventTypes).Assembly.GetExportedTypes()
        .Select(type => (type, name: type.GetCustomAttribute<EventNameAttribute>()?.Name))
        .Where(found => found.name is not null)
        .ToFrozenDictionary(found => found.name!, found => found.type, StringComparer.Ordinal);

    /// <summary>The events of one service: the types of its folder, <c>Luodi.Contracts.Signings</c> for <c>signings</c>.</summary>
    public static IEnumerable<Type> Of(string service) => ByName.Values.Where(type =>
        string.Equals(type.Namespace, $"{typeof(EventTypes).Namespace}.{service}", StringComparison.OrdinalIgnoreCase));

    /// <summary>The stored name of an event.</summary>
    public static string NameOf(Type type) => type.GetCustomAttribute<EventNameAttribute>()?.Name
        ?? throw new ArgumentException($"{type} has no [EventName].", nameof(type));

    /// <summary>The stored name of an event.</summary>
    public static string NameOf<T>() => NameOf(typeof(T));
}
