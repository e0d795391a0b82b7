Devise.setup do |config|
  require "devise/orm/active_record"
  config.mailer_sender = "club@example.org"
end
