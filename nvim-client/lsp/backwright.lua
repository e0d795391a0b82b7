-- The server as Neovim starts it; `vim.lsp.config('backwright', {…})` changes any of it.
return {
  cmd = { 'backwright', 'serve' },
  filetypes = { 'python', 'javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'ruby' },
  root_markers = {
    'backwright.toml',
    'pyproject.toml',
    'package.json',
    'requirements.txt',
    'Gemfile',
    '.git',
  },
}
