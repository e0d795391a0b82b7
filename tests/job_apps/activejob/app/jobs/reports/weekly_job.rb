module Reports
  class WeeklyJob < ApplicationJob
    queue_as :reports
    retry_on Timeout::Error, wait: 30.seconds, attempts: 4

    def perform(week, fault = Timeout::Error)
      raise fault
    end
  end
end
