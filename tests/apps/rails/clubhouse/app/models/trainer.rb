class Trainer < ActiveRecord::Base
  devise :database_authenticatable, :recoverable
end
