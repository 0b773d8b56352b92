using Luodi.Client;
using Luodi.Client.Import;
using Luodi.Client.Rollup;
using Luodi.Client.SignIn;
using Luodi.Client.Workbook;

return await CommandLine.RunAsync(
    args,
    TokenVerb.Verb,
    DemoVerb.Verb,
    UndoImportVerb.Verb,
    RollupVerb.Verb,
    MakeDemoWorkbookVerb.Verb);
