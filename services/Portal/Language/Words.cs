namespace Luodi.Portal.Language;

/// <summary>Every word the portal shows: Words.resx is Chinese, the first language, and Words.en.resx English.</summary>
public sealed class Words;
