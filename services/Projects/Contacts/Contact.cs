namespace Luodi.Projects.Contacts;

/// <summary>Who a contact is: personal data, outside the events and deleted when the person is forgotten.</summary>
/// <param name="Position">What they are there.</param>
public sealed record Contact(Guid Id, Guid ProjectId, string Name, string? Position, string? Organisation, string? Phone, string? Email, string? Note)
{
    /// <summary>PostgreSQL keeps samples of a column for its planner, also of rows that are gone: of this one it keeps none.</summary>
    internal const string NoSamples = "alter table projects.mt_doc_contact alter column data set statistics 0";
}

public enum ContactStatus { Present, Removed, Forgotten }

/// <summary>A contact as the history of its project has it.</summary>
/// <param name="Forgetting">That it is to be forgotten, or was.</param>
public sealed record ContactMark(Guid Id, ContactStatus Status = ContactStatus.Present, Forgetting? Forgetting = null);

/// <param name="Basis">One of <see cref="Luodi.Contracts.Projects.ForgettingBases"/>.</param>
/// <param name="ConfirmedBy">The second person, once it was done.</param>
public sealed record Forgetting(string Basis, string? AskedBy, DateOnly AskedOn, string? ConfirmedBy = null, DateOnly? ConfirmedOn = null);
