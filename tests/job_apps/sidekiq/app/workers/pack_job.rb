module Exports
  class PackJob
    include Sidekiq::Worker

    def perform(path)
      SweepJob.perform_async
    end
  end

  class SweepJob < PackJob
    sidekiq_options retry: false, queue: :low

    def perform; end
  end
end
