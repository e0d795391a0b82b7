class Plot < ApplicationRecord
  include Commentable

  belongs_to :gardener, optional: true
  has_many :harvests
end

class RaisedBed < Plot
  has_many :covers, class_name: "Audit::Entry", foreign_key: "what"
end
