using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Witness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Witness;

/// <summary>The program over HTTP, and what it keeps.</summary>
public sealed class WitnessServerSpec : IAsyncLifetime
{
    private const string Name = "witness.example/w";

    private readonly string _folder = Directory.CreateTempSubdirectory("luodi-witness").FullName;
    private readonly GrowingLog _log = new();
    private readonly HttpClient _http = new();
    private Uri? _address;
    private WebApplication? _app;

    public ValueTask InitializeAsync() => Start();

    [Fact]
    public async Task It_cosigns_and_says_where_it_stands()
    {
        var key = VerifierKey.Parse((await _http.GetStringAsync(new Uri(_address!, "/"), Cancel)).TrimEnd('\n'));
        (key.Name, key.Type).ShouldBe((Name, SignatureType.Cosignature));
        (await _http.GetStringAsync(new Uri(_address!, "/health/ready"), Cancel)).ShouldBe("Healthy");
        (await _http.GetAsync(new Uri(_address!, LatestPath), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var cosigned = (await Send(_log.Request(0, 7), key)).ShouldBeOfType<WitnessAnswer.Cosigned>();
        cosigned.Checkpoint.Verify([key]).ShouldHaveSingleItem().UnixTime!.Value.ShouldBeGreaterThan(1_700_000_000);
        (await Send(_log.Request(0, 20), key)).ShouldBe(new WitnessAnswer.Knows(7));
        (await Send(_log.Request(7, 20), key)).ShouldBeOfType<WitnessAnswer.Cosigned>();
        // Said twice is cosigned once: the replay hears where the log stands.
        (await Send(_log.Request(7, 20), key)).ShouldBe(new WitnessAnswer.Knows(20));
        (await Send(_log.Request(20, 20), key)).ShouldBeOfType<WitnessAnswer.Cosigned>();

        var latest = Note.Parse(await _http.GetByteArrayAsync(new Uri(_address!, LatestPath), Cancel));
        Checkpoint.Parse(latest.Text).Size.ShouldBe(20);
        latest.Verify([key, _log.Key]).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Bad_input_is_told_so_and_changes_nothing()
    {
        (await Post(_log.Body(0, 7))).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var forked = new GrowingLog(fork: 5);
        using var other = new GrowingLog("log.example/other");
        using var impostor = new GrowingLog(seed: 2);
        (await Post(forked.Body(7, 20))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Post(other.Body(0, 7))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Post(impostor.Body(7, 20))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var body in new byte[][] { [], [0xFF, 0xFE], "old 7\n"u8.ToArray(), RandomNumberGenerator.GetBytes(5_000), new byte[WitnessApp.MaximalBody] })
        {
            (await Post(body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
        (await Post(new byte[WitnessApp.MaximalBody + 1])).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await _http.GetAsync(new Uri(_address!, "/add-checkpoint"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await _http.GetAsync(new Uri(_address!, "/..%2fkey/checkpoint"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var conflict = await Post(_log.Body(0, 20));
        conflict.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        conflict.Content.Headers.ContentType!.ToString().ShouldBe("text/x.tlog.size");
        (await conflict.Content.ReadAsStringAsync(Cancel)).ShouldBe("7\n");
    }

    [Fact]
    public async Task Of_requests_at_once_one_is_first()
    {
        (await Post(_log.Body(0, 7))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var sizes = Enumerable.Range(8, 24).ToArray();
        var answers = await Task.WhenAll(sizes.Select(async size => (Size: size, (await Post(_log.Body(7, size))).StatusCode)));
        var won = answers.Where(answer => answer.StatusCode == HttpStatusCode.OK).ShouldHaveSingleItem().Size;
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(sizes.Length - 1);
        (await (await Post(_log.Body(0, 7))).Content.ReadAsStringAsync(Cancel)).ShouldBe($"{won}\n");
    }

    [Fact]
    public async Task What_was_written_stands_though_nobody_heard_the_answer()
    {
        // The program ends between the two: the answer is dropped.
        _ = await _app!.Services.GetRequiredService<WitnessedLogs>().Add(_log.Body(0, 7));
        await Restart();
        using var forked = new GrowingLog(fork: 5);
        (await Post(forked.Body(0, 7))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Post(forked.Body(7, 20))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Post(_log.Body(7, 7))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_key_is_kept_and_is_its_owner_s_alone()
    {
        var before = await _http.GetStringAsync(new Uri(_address!, "/"), Cancel);
        await Restart();
        (await _http.GetStringAsync(new Uri(_address!, "/"), Cancel)).ShouldBe(before);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(_folder, "key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Stop();
        Should.Throw<InvalidOperationException>(() => Build(name: "witness.example/other"));
    }

    [Fact]
    public void A_folder_is_one_program_s() => Should.Throw<IOException>(() => Build());

    [Fact]
    public async Task A_folder_that_is_not_whole_is_not_begun_anew()
    {
        await Post(_log.Body(0, 7));
        var older = File.ReadAllBytes(StateFile);
        await Post(_log.Body(7, 20));
        await Stop();
        var (state, origins, key) = (File.ReadAllBytes(StateFile), File.ReadAllBytes(At("origins")), File.ReadAllBytes(At("key")));

        Lost(() => File.Delete(StateFile));
        Lost(() => File.WriteAllBytes(StateFile, older));
        Lost(() => File.WriteAllBytes(StateFile, []));
        Lost(() => File.WriteAllBytes(StateFile, state[..^1]));
        for (var at = 0; at < state.Length; at += 7)
        {
            // The log's own signature is not needed to stand by what was cosigned.
            var damaged = state.ToArray();
            damaged[at] ^= 1;
            if (at < Encoding.UTF8.GetString(state).IndexOf("\n\n", StringComparison.Ordinal)) Lost(() => File.WriteAllBytes(StateFile, damaged));
        }
        Lost(() => File.Delete(At("origins")));
        Lost(() => File.WriteAllBytes(At("origins"), origins[..^1]));
        Lost(() => File.WriteAllBytes(At("origins"), "x\n"u8.ToArray()));
        Lost(() => File.Delete(At("key")));
        Lost(() => File.WriteAllBytes(At("key"), key[..^3]));
        Lost(() => Directory.Delete(At("logs"), recursive: true));
        await Start();
        (await Post(_log.Body(20, 21))).StatusCode.ShouldBe(HttpStatusCode.OK);

        void Lost(Action harm)
        {
            harm();
            Should.Throw<FolderLostException>(() => Build());
            Directory.CreateDirectory(At("logs"));
            File.WriteAllBytes(StateFile, state);
            File.WriteAllBytes(At("origins"), origins);
            File.WriteAllBytes(At("key"), key);
        }
    }

    [Fact]
    public async Task A_crash_before_the_list_is_written_loses_nothing()
    {
        await Post(_log.Body(0, 7));
        var list = File.ReadAllBytes(At("origins"));
        await Post(_log.Body(7, 20));
        await Stop();
        File.WriteAllBytes(At("origins"), list);
        await Start();
        (await (await Post(_log.Body(7, 20))).Content.ReadAsStringAsync(Cancel)).ShouldBe("20\n");
    }

    [Fact]
    public async Task What_is_lost_while_it_runs_stops_it()
    {
        await Post(_log.Body(0, 7));
        File.Delete(StateFile);
        var stopped = new TaskCompletionSource();
        using var stopping = _app!.Lifetime.ApplicationStopping.Register(stopped.SetResult);
        try
        {
            (await Post(_log.Body(0, 20))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
            Environment.ExitCode.ShouldBe(1);
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    [Fact]
    public async Task Killed_in_the_middle_it_stands_by_all_that_it_has_answered()
    {
        await Stop();
        var answered = 0;
        for (var round = 0; round < 2; round++)
        {
            using var program = Process.Start(new ProcessStartInfo("dotnet")
            {
                ArgumentList = { typeof(WitnessApp).Assembly.Location, "--urls", "http://127.0.0.1:0", "--Witness:Folder", _folder, "--Witness:Name", Name, "--Witness:Logs:0", _log.Key.ToString() },
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            try
            {
                const string listening = "Now listening on: ";
                string? line;
                do line = await program.StandardOutput.ReadLineAsync(Cancel); while (line?.Contains(listening, StringComparison.Ordinal) is false);
                line.ShouldNotBeNull("The witness ended.");
                using var http = new HttpClient { BaseAddress = new(line[(line.IndexOf(listening, StringComparison.Ordinal) + listening.Length)..]) };
                using var first = await http.PostAsync("/add-checkpoint", new ByteArrayContent(_log.Body(39, 40)), Cancel);
                (await first.Content.ReadAsStringAsync(Cancel)).ShouldBe($"{answered}\n");
                for (var until = answered + 5; answered < until; answered++)
                {
                    using var response = await http.PostAsync("/add-checkpoint", new ByteArrayContent(_log.Body(answered, answered + 1)), Cancel);
                    response.StatusCode.ShouldBe(HttpStatusCode.OK);
                }
            }
            finally
            {
                program.Kill();
                await program.WaitForExitAsync(Cancel);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _http.Dispose();
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string StateFile => Path.Combine(_folder, "logs", OriginHash);

    private string LatestPath => $"/{OriginHash}/checkpoint";

    private string OriginHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_log.Key.Name)));

    private string At(string file) => Path.Combine(_folder, file);

    private WebApplication Build(string name = Name) =>
        WitnessApp.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None", "--Witness:Folder", _folder, "--Witness:Name", name, "--Witness:Logs:0", _log.Key.ToString()]);

    private async ValueTask Start()
    {
        _app = Build();
        _app.Map();
        await _app.StartAsync(Cancel);
        _address = new(_app.Urls.Single());
    }

    private async ValueTask Stop()
    {
        if (_app is null) return;
        await _app.DisposeAsync();
        _app = null;
    }

    private async Task Restart()
    {
        await Stop();
        await Start();
    }

    private Task<HttpResponseMessage> Post(byte[] body) => _http.PostAsync(new Uri(_address!, "/add-checkpoint"), new ByteArrayContent(body), Cancel);

    private async Task<WitnessAnswer> Send(AddCheckpointRequest request, VerifierKey witness)
    {
        using var response = await Post(request.ToArray());
        return WitnessAnswer.Read((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(Cancel), request.Checkpoint, witness);
    }
}
