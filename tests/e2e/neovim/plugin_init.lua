-- What a person writes to use the plugin, and nothing else.
vim.opt.swapfile = false
vim.opt.shadafile = 'NONE'
vim.opt.runtimepath:prepend(vim.env.BACKWRIGHT_PLUGIN)

require('backwright').setup({ server = { cmd = { vim.env.BACKWRIGHT_PYTHON, '-m', 'backwright', 'serve' } } })
