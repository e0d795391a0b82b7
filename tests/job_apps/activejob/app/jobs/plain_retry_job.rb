class PlainRetryJob < ApplicationJob
  retry_on IOError

  def perform(_ = nil, fault = IOError)
    raise fault
  end
end
