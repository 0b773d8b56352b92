using Luodi.Client;
using Luodi.Client.Import;
using Luodi.Client.Keys;
using Luodi.Client.Rollup;
using Luodi.Client.Workbook;

return await CommandLine.RunAsync(
    args,
    KeysVerb.Verb,
    TokenVerb.Verb,
    DemoVerb.Verb,
    RollupVerb.Verb,
    MakeDemoWorkbookVerb.Verb);
