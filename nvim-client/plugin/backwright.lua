-- Defines :Backwright; everything else is loaded with its first use.
if vim.g.loaded_backwright then
  return
end
vim.g.loaded_backwright = true

vim.api.nvim_create_user_command('Backwright', function(command)
  require('backwright.command').run(command)
end, {
  nargs = '*',
  range = true,
  bang = true,
  desc = 'Run a recipe, or ask for something in free words',
  complete = function(lead, line)
    return require('backwright.command').complete(lead, line)
  end,
})
