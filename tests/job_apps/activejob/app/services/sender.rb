class Sender
  def call(week)
    Reports::WeeklyJob.perform_later(week)
    LettersJob.set(queue: :fast).perform_later
    ActiveJob.perform_all_later([TidyJob.new]) if week.zero?
  end
end
