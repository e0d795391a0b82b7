-- What a person writes to use the server in Neovim 0.11, and nothing else.
vim.opt.swapfile = false
vim.opt.shadafile = 'NONE'

vim.lsp.config('backwright', {
  cmd = { vim.env.BACKWRIGHT_PYTHON, '-m', 'backwright', 'serve' },
  filetypes = { 'python', 'javascript', 'typescript' },
  root_markers = { 'pyproject.toml', 'package.json', 'requirements.txt', '.git' },
})
vim.lsp.enable('backwright')
