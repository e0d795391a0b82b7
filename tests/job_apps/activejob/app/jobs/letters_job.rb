class LettersJob < ActiveJob::Base
  retry_on IOError, wait: :exponentially_longer, attempts: 6

  def perform(_ = nil, fault = IOError)
    raise fault
  end
end
