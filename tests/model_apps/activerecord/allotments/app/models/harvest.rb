class Harvest < ApplicationRecord
  belongs_to :plot
  belongs_to :crop
end
