namespace Luodi.Contracts.Projects;

/// <summary>What is kept of a contact. Events name these fields; who the person is stands in none of them.</summary>
public static class ContactFields
{
    public const string Name = "name";
    public const string Position = "position";
    public const string Organisation = "organisation";
    public const string Phone = "phone";
    public const string Email = "email";
    public const string Note = "note";
}

/// <summary>Why a contact is forgotten: the grounds of the Personal Information Protection Law (个人信息保护法), article 47. A code, for a text could name the person.</summary>
public static class ForgettingBases
{
    /// <summary>The person asks for it, or withdraws consent.</summary>
    public const string PersonAsked = "person-asked";

    /// <summary>What it was kept for is reached, cannot be reached, or needs it no more.</summary>
    public const string PurposeEnded = "purpose-ended";

    /// <summary>The time for which it may be kept is over.</summary>
    public const string PeriodEnded = "period-ended";

    /// <summary>It was not collected as law or promise have it.</summary>
    public const string Unlawful = "unlawful";

    public static IReadOnlyList<string> All { get; } = [PersonAsked, PurposeEnded, PeriodEnded, Unlawful];
}

/// <summary>Why a contact is not forgotten.</summary>
public static class ForgettingRefusals
{
    /// <summary>The law wants it kept for longer.</summary>
    public const string MustBeKept = "must-be-kept";

    /// <summary>That the ground holds was not shown.</summary>
    public const string NotShown = "not-shown";

    public static IReadOnlyList<string> All { get; } = [MustBeKept, NotShown];
}

/// <summary>The project has a contact. Who that is stands in a document beside the events.</summary>
/// <param name="Fields">Which of <see cref="ContactFields"/> are filled in.</param>
[EventName("contact_added")]
public sealed record ContactAdded(Guid ProjectId, Guid ContactId, IReadOnlyList<string> Fields);

/// <summary>What is known of a contact changed.</summary>
/// <param name="Fields">Which of <see cref="ContactFields"/> did.</param>
[EventName("contact_changed")]
public sealed record ContactChanged(Guid ProjectId, Guid ContactId, IReadOnlyList<string> Fields);

/// <summary>The person is no contact of the project any more; what is known of them stays until they are forgotten.</summary>
[EventName("contact_removed")]
public sealed record ContactRemoved(Guid ProjectId, Guid ContactId);

/// <summary>Somebody asked that the contact be forgotten; a second person decides.</summary>
/// <param name="Basis">One of <see cref="ForgettingBases"/>.</param>
[EventName("contact_forgetting_requested")]
public sealed record ContactForgettingRequested(Guid ProjectId, Guid ContactId, string Basis);

/// <summary>It is asked no more.</summary>
[EventName("contact_forgetting_withdrawn")]
public sealed record ContactForgettingWithdrawn(Guid ProjectId, Guid ContactId);

/// <summary>The second person's no.</summary>
/// <param name="Because">One of <see cref="ForgettingRefusals"/>.</param>
[EventName("contact_forgetting_refused")]
public sealed record ContactForgettingRefused(Guid ProjectId, Guid ContactId, string Because);

/// <summary>The second person confirmed it: all that was known of the person was deleted in this moment.</summary>
/// <param name="Basis">One of <see cref="ForgettingBases"/>.</param>
[EventName("contact_forgotten")]
public sealed record ContactForgotten(Guid ProjectId, Guid ContactId, string Basis);
