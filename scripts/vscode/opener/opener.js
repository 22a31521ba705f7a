/**
 * An extension for `npm start` alone: opens a program's estimate when a window opens. An address can
 * name a file to open, but VS Code opens it before it knows of editors that extensions bring.
 */
const vscode = require('vscode');

exports.activate = () =>
  vscode.commands.executeCommand(
    'vscode.openWith',
    vscode.Uri.file(process.env.PAGECOST_OPEN),
    'pagecost.estimate',
  );
