# Says what Sidekiq knows of the jobs in a folder. Usage: dump_sidekiq.rb FOLDER
require "json"
require "sidekiq"
require "sidekiq/job_retry"

Sidekiq::Job = Sidekiq::Worker unless defined?(Sidekiq::Job)
before = ObjectSpace.each_object(Class).to_a
Dir[File.join(File.expand_path(ARGV[0]), "app/**/*.rb")].sort.each { |it| require it }
jobs = (ObjectSpace.each_object(Class).to_a - before).select { |it| it.name && it.include?(Sidekiq::Worker) }
most = Sidekiq::JobRetry::DEFAULT_MAX_RETRY_ATTEMPTS
found = jobs.map do |job|
  options = job.get_sidekiq_options
  again = options["retry"]
  { name: job.name, queue: options["queue"].to_s, retries: again == true ? most : again || 0 }
end
puts JSON.generate(found.sort_by { |it| it[:name] })
