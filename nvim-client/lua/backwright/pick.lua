-- Lists of what the server knows, to choose from and to go to.
local backwright = require('backwright')
local request = require('backwright.request')

local M = {}

---A picker: that of snacks or telescope where one is installed, else Neovim's own.
---@param entries {text: string, path: string, line: integer}[]
---@param title string
local function choose(entries, title)
  if #entries == 0 then
    backwright.say('there are none')
    return
  end
  local options = {
    prompt = title,
    format_item = function(entry)
      return entry.text
    end,
  }
  local function go(entry)
    if entry then
      vim.cmd.edit(vim.fn.fnameescape(entry.path))
      vim.api.nvim_win_set_cursor(0, { math.max(entry.line, 1), 0 })
    end
  end
  local has_snacks, snacks = pcall(require, 'snacks.picker')
  if has_snacks then
    snacks.select(entries, options, go)
  elseif pcall(require, 'telescope') and pcall(require, 'telescope.pickers') then
    M.telescope(entries, options, go)
  else
    vim.ui.select(entries, options, go)
  end
end

function M.telescope(entries, options, go)
  local actions, state = require('telescope.actions'), require('telescope.actions.state')
  local finders, values = require('telescope.finders'), require('telescope.config').values
  require('telescope.pickers')
    .new({}, {
      prompt_title = options.prompt,
      finder = finders.new_table({
        results = entries,
        entry_maker = function(entry)
          local filename, lnum = entry.path, math.max(entry.line, 1)
          return { value = entry, display = entry.text, ordinal = entry.text, filename = filename, lnum = lnum }
        end,
      }),
      sorter = values.generic_sorter({}),
      previewer = values.grep_previewer({}),
      attach_mappings = function(prompt)
        actions.select_default:replace(function()
          local selected = state.get_selected_entry()
          actions.close(prompt)
          go(selected and selected.value)
        end)
        return true
      end,
    })
    :find()
end

local TEXT = {
  routes = function(it)
    local guarded = #(it.guards or {}) > 0 and ' · guarded' or ''
    local tested = #(it.tests or {}) > 0 and (' · tests ' .. #it.tests) or ' · no tests'
    return ('%-7s%s  %s%s%s'):format(it.method, it.path, it.handler, guarded, tested)
  end,
  models = function(it)
    return ('%s  %s · %d fields'):format(it.name, it.kind, #it.fields)
  end,
  jobs = function(it)
    return ('%s  %s'):format(it.name, it.framework)
  end,
  gaps = function(it)
    return ('%s  %s'):format(it.kind, it.message)
  end,
}

---@param kind 'routes'|'models'|'jobs'|'gaps'
function M.open(kind)
  local folders = request.ask('backwright/backend') or {}
  local entries = {}
  for _, folder in ipairs(folders) do
    local root = vim.uri_to_fname(folder.uri)
    for _, it in ipairs(folder[kind] or {}) do
      local entry = { text = TEXT[kind](it), path = vim.fs.joinpath(root, it.file), line = it.line }
      table.insert(entries, entry)
    end
  end
  choose(entries, 'Backwright: ' .. kind)
  return entries
end

return M
