class Crop < ApplicationRecord
  include Commentable

  self.table_name = "vegetables"
  self.primary_key = "code"

  has_many :harvests
  has_many :plots, -> { distinct }, through: :harvests
  has_and_belongs_to_many :gardeners
end
