class ImportJob
  include Sidekiq::Job
  sidekiq_options queue: "imports", retry: 5

  def perform(path)
    Exports::PackJob.perform_in(5, path)
  end
end
