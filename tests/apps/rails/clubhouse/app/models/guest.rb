class Guest < ActiveRecord::Base
  devise :database_authenticatable,
         :registerable
end
