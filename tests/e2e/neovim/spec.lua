-- The main job by hand: read the hover, take the action, save, undo. Run by test_neovim.py.
local t = dofile(vim.env.BACKWRIGHT_CHECKS)
local check, wait, contents = t.check, t.wait, t.contents

local function main()
  local project = vim.env.BACKWRIGHT_PROJECT
  local path = project .. '/app/routers/bookings.py'
  local before = contents(path)
  vim.cmd.edit(path)
  local buffer = vim.api.nvim_get_current_buf()
  local function shown()
    return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
  end
  local function client()
    return vim.lsp.get_clients({ bufnr = buffer, name = 'backwright' })[1]
  end

  wait('the server is attached', function()
    return client() ~= nil and client().initialized
  end)
  check('its root is the project', client().root_dir == project, client().root_dir)
  check('columns are UTF-8', client().offset_encoding == 'utf-8', client().offset_encoding)

  vim.fn.search('^def create_booking')
  vim.lsp.buf.hover()
  local card
  wait('hover opens a window', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
        card = table.concat(lines, '\n')
        return true
      end
    end
  end)
  check('it names the endpoint', card and card:find('POST /api/v1/bookings', 1, true), card)
  vim.cmd('silent! fclose!')

  vim.lsp.codelens.refresh({ bufnr = buffer })
  wait('there are code lenses', function()
    return #vim.lsp.codelens.get(buffer) > 0
  end)

  local titles = {}
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      table.insert(titles, action.title)
      return vim.startswith(action.title, 'Add rate limiting')
    end,
  })
  wait('the action edits the buffer', function()
    return shown():find('@limiter.limit', 1, true) ~= nil
  end)
  check('its title names the endpoint', titles[1]:find('POST /api/v1/bookings', 1, true), titles[1])
  check('nothing is saved yet', contents(path) == before)

  vim.cmd('silent wall')
  check('it is saved', contents(path):find('@limiter.limit', 1, true) ~= nil)
  local created = project .. '/app/limiter.py'
  check('the new file is there', vim.fn.filereadable(created) == 1)
  local text = vim.fn.filereadable(created) == 1 and contents(created) or '\n'
  check('it ends without an empty line', text:sub(-1) ~= '\n', vim.inspect(text))
  check('files that were not open are saved too', contents(project .. '/app/main.py'):find('limiter', 1, true))

  vim.cmd.buffer(buffer)
  vim.cmd('silent undo')
  check('one undo takes it back', shown() == before)
  vim.cmd('silent write')
  check('and the file is as it was', contents(path) == before)
end

t.run(main)
