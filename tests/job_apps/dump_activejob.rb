# Says what Active Job knows of the jobs in a folder: their queues, and how often and after which
# pauses each is tried again, found by letting it fail. Usage: dump_activejob.rb FOLDER
require "json"
require "active_job"
require "active_support/all"

ActiveJob::Base.logger = Logger.new(nil)
root = File.expand_path(ARGV[0])
require File.join(root, "app/jobs/application_job")
Dir[File.join(root, "app/jobs/**/*.rb")].sort.each { |it| require it }

# Keeps what is put in the queue, to be run at once.
class Keeping < ActiveJob::QueueAdapters::TestAdapter
  attr_accessor :waits

  def enqueue_at(job, at)
    (self.waits ||= []) << (at - Time.now.to_f).round
    super
  end
end

found = (ActiveJob::Base.descendants - [ApplicationJob]).map do |job|
  adapter = Keeping.new
  job.queue_adapter = adapter
  fault = job == Reports::WeeklyJob ? Timeout::Error : IOError
  one, tries = job.new(0), 0
  loop do
    before = adapter.enqueued_jobs.size
    one.deserialize(adapter.enqueued_jobs.last) if before.positive?
    tries += 1
    begin
      one.perform_now
    rescue fault
      break
    end
    break if adapter.enqueued_jobs.size == before
  end
  { name: job.name, queue: job.new.queue_name, retries: tries - 1, waits: adapter.waits || [] }
end
puts JSON.generate(found.sort_by { |it| it[:name] })
