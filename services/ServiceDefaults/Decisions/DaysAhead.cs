namespace Luodi.ServiceDefaults.Decisions;

/// <summary>A clock for trials (<c>Clock:DaysAhead</c>): the bureau's day is a later one, instants are what they are.</summary>
public sealed class DaysAhead(int days) : TimeProvider
{
    public int Days => days;
}
