using System.Text;
using Luodi.Verify;

Console.OutputEncoding = Encoding.UTF8;
return VerifyCommand.Run(args, Console.Out, Console.Error);
