class ApplicationJob < ActiveJob::Base
  queue_as :standard
end
