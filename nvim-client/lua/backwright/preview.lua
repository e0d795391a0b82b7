-- Shows a change as a diff before it is made: accept it, reject it, or leave out single files.
local M = {}

local KEYS = {
  '# a: make the change   x: leave the file under the cursor out, or take it in   q: reject',
}

---The lines of a report: what it is about, its checks, its diff.
---@param report table
local function shown(report)
  local lines = vim.list_extend({}, KEYS)
  vim.list_extend(lines, vim.split('# ' .. report.summary, '\n'))
  for _, check in ipairs(report.checks or {}) do
    local first = vim.split(check.detail or '', '\n')[1]
    table.insert(lines, ('# %s: %s  %s'):format(check.status, check.name, first))
  end
  for _, note in ipairs(report.review or {}) do
    table.insert(lines, '# look at this: ' .. note)
  end
  table.insert(lines, '')
  return vim.list_extend(lines, vim.split(report.diff, '\n'))
end

---The file whose part of the diff a line lies in.
---@param buffer integer
---@param row integer from 1
local function file_at(buffer, row)
  local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  for at = row, 1, -1 do
    local new = lines[at]:match('^%+%+%+ b/(.+)$')
    local old = lines[at]:match('^%-%-%- a/(.+)$')
    if new or old then
      return new or old
    end
    if lines[at]:match('^%-%-%- /dev/null') and lines[at + 1] then
      return lines[at + 1]:match('^%+%+%+ b/(.+)$')
    end
  end
end

---@param report table
---@param accept fun(left_out: table<string, boolean>)
function M.open(report, accept)
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, shown(report))
  vim.bo[buffer].filetype = 'diff'
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].bufhidden = 'wipe'
  vim.cmd('botright split')
  local window = vim.api.nvim_get_current_win()
  vim.api.nvim_win_set_buf(window, buffer)

  local left_out = {}
  local marks = vim.api.nvim_create_namespace('backwright_preview')
  local function mark()
    vim.api.nvim_buf_clear_namespace(buffer, marks, 0, -1)
    for row, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
      local file = line:match('^%+%+%+ b/(.+)$')
      if file and left_out[file] then
        local text = { { '  left out', 'WarningMsg' } }
        vim.api.nvim_buf_set_extmark(buffer, marks, row - 1, 0, { virt_text = text })
      end
    end
  end
  local function map(key, what, action)
    vim.keymap.set('n', key, action, { buffer = buffer, nowait = true, desc = what })
  end
  map('a', 'Make the change', function()
    vim.api.nvim_win_close(window, true)
    accept(left_out)
  end)
  map('x', 'Leave this file out, or take it in', function()
    local file = file_at(buffer, vim.api.nvim_win_get_cursor(window)[1])
    if file then
      left_out[file] = not left_out[file] or nil
      mark()
    end
  end)
  map('q', 'Reject the change', function()
    vim.api.nvim_win_close(window, true)
  end)
  return buffer
end

---Takes back what was done to the files that were left out.
---@param root string
---@param report table
---@param left_out table<string, boolean>
function M.take_back(root, report, left_out)
  for _, file in ipairs(report.files or {}) do
    if left_out[file.path] then
      local path = vim.fs.joinpath(root, file.path)
      local buffer = vim.fn.bufnr(path)
      if file.change == 'create' then
        if buffer > 0 then
          vim.api.nvim_buf_delete(buffer, { force = true })
        end
        vim.fn.delete(path)
      elseif buffer > 0 then
        vim.api.nvim_buf_call(buffer, function()
          vim.cmd('silent undo')
        end)
      end
    end
  end
end

return M
