namespace Luodi.SystemTests.Running;

/// <summary>The one way to wait: for a condition, with a limit.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Long enough for a busy machine of two cores; whatever takes this long is broken.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Repeats the assertions until they hold. At the limit, what they said last is the failure.</summary>
    public static async Task Eventually(Func<Task> assertions, TimeSpan? limit = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await assertions();
                return;
            }
            catch (Exception notYet) when (notYet is not OperationCanceledException && TimeProvider.System.GetElapsedTime(started) < (limit ?? Patience))
            {
                await Task.Delay(Pause, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <inheritdoc cref="Eventually(Func{Task}, TimeSpan?)"/>
    public static Task Eventually(Action assertions, TimeSpan? limit = null) => Eventually(
        () =>
        {
            assertions();
            return Task.CompletedTask;
        }, limit);
}
