module Audit
  class Entry < ApplicationRecord
  end
end
