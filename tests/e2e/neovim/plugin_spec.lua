-- The plugin as a person uses it. Run by test_neovim.py.
local t = dofile(vim.env.BACKWRIGHT_CHECKS)

t.run(function()
  local project = vim.env.BACKWRIGHT_PROJECT
  local path = project .. '/app/routers/bookings.py'
  local before = t.contents(path)
  vim.cmd.edit(path)
  local buffer = vim.api.nvim_get_current_buf()
  local function shown()
    return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
  end
  local function window_with(filetype)
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.bo[vim.api.nvim_win_get_buf(window)].filetype == filetype then
        return window
      end
    end
  end
  local function press(window, keys)
    vim.api.nvim_set_current_win(window)
    vim.api.nvim_feedkeys(keys, 'xt', false)
  end

  t.wait('the server is attached', function()
    local client = vim.lsp.get_clients({ bufnr = buffer, name = 'backwright' })[1]
    return client ~= nil and client.initialized
  end)

  -- Completion and pickers
  local names = vim.fn.getcompletion('Backwright ', 'cmdline')
  t.check('recipes are completed', vim.tbl_contains(names, 'add-rate-limiting'), vim.inspect(names))
  t.check('so are actions', vim.tbl_contains(names, 'endpoints'))
  t.check('by what is typed', vim.deep_equal(vim.fn.getcompletion('Backwright dockerf', 'cmdline'), { 'dockerfile' }))
  local listed
  vim.ui.select = function(items, options, choose)
    listed = vim.tbl_map(options.format_item, items)
    for at, item in ipairs(items) do
      if options.format_item(item):find('/health', 1, true) then
        return choose(item, at)
      end
    end
    choose(nil)
  end
  t.wait('endpoints are listed', function()
    vim.cmd('Backwright endpoints')
    return listed ~= nil and #listed > 10
  end)
  t.check('choosing one goes there', vim.api.nvim_buf_get_name(0):find('main.py', 1, true) ~= nil, vim.api.nvim_buf_get_name(0))
  for _, kind in ipairs({ 'models', 'gaps' }) do
    listed = nil
    vim.cmd('Backwright ' .. kind)
    t.check(kind .. ' are listed', listed ~= nil and #listed > 0)
  end

  -- A preview that is rejected, then one that is accepted
  vim.cmd.buffer(buffer)
  vim.fn.search('^def create_booking')
  vim.cmd('Backwright add-rate-limiting 7 per minute')
  t.wait('a preview opens', function()
    return window_with('diff') ~= nil
  end)
  local diff = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window_with('diff')), 0, -1, false)
  t.check('it has the checks', table.concat(diff, '\n'):find('# passed: syntax', 1, true) ~= nil)
  t.check('it has the words of the request', table.concat(diff, '\n'):find('7/minute', 1, true) ~= nil)
  press(window_with('diff'), 'q')
  t.check('it closes', window_with('diff') == nil)
  t.check('nothing is changed', shown() == before)

  vim.cmd.buffer(buffer)
  vim.fn.search('^def create_booking')
  vim.cmd('Backwright add-rate-limiting')
  t.wait('it opens again', function()
    return window_with('diff') ~= nil
  end)
  local window = window_with('diff')
  vim.api.nvim_set_current_win(window)
  vim.fn.search('^+++ b/pyproject.toml')
  press(window, 'x')
  press(window, 'a')
  t.wait('the change is made', function()
    return shown():find('@limiter.limit', 1, true) ~= nil
  end)
  local manifest = vim.fn.bufnr(project .. '/pyproject.toml')
  t.wait('but for the file that was left out', function()
    local lines = manifest > 0 and vim.api.nvim_buf_get_lines(manifest, 0, -1, false)
      or vim.fn.readfile(project .. '/pyproject.toml')
    return table.concat(lines, '\n'):find('slowapi', 1, true) == nil
  end)

  -- Refine, free words, context, health
  vim.cmd('silent wall')
  vim.cmd.buffer(buffer)
  vim.cmd('Backwright refine 3 per minute')
  t.wait('a follow-up is shown', function()
    local found = window_with('diff')
    local text = found and vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(found), 0, -1, false)
    return text and table.concat(text, '\n'):find('3/minute', 1, true) ~= nil
  end)
  press(window_with('diff'), 'q')
  vim.cmd.buffer(buffer)
  vim.cmd('Backwright write tests for GET /health')
  t.wait('free words find their recipe', function()
    local found = window_with('diff')
    local text = found and vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(found), 0, -1, false)
    return text and table.concat(text, '\n'):find('def test_health', 1, true) ~= nil
  end)
  press(window_with('diff'), 'q')
  vim.cmd.buffer(buffer)
  vim.fn.search('^def create_booking')
  vim.cmd('Backwright context')
  t.wait('what a model would be sent is shown', function()
    return window_with('markdown') ~= nil
  end)
  vim.cmd('only')
  vim.cmd('checkhealth backwright')
  local health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  t.check('the health check finds the server', health:find('serves', 1, true) ~= nil, health)
  t.check('and no error', health:find('ERROR', 1, true) == nil, health)
  vim.cmd.help('backwright-preview')
  t.check('there is help', vim.bo.filetype == 'help')
end)
