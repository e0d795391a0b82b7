class Singer < ActiveRecord::Base
  belongs_to :section, class_name: "Part"
  belongs_to :patron, polymorphic: true
end

class Part < ActiveRecord::Base
  has_one :singer, foreign_key: :section_id
  has_many :practices
end

class Practice < ActiveRecord::Base
  belongs_to :part
end
