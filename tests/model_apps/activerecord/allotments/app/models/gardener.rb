class Gardener < ApplicationRecord
  enum role: { member: 0, chair: 1 }

  belongs_to :mentor, class_name: "Gardener", optional: true
  has_many :apprentices, class_name: "Gardener", foreign_key: :mentor_id
  has_many :plots, dependent: :nullify
  has_many :harvests, through: :plots
  has_many :grown_crops, through: :harvests, source: :crop
  has_and_belongs_to_many :favourites, class_name: "Crop"
  has_one :first_plot, -> { order(:id) }, class_name: "Plot"

  validates :email, presence: true, uniqueness: true
  validates :full_name, length: { maximum: 120 }
end
