# Records or replays calls with VCR through Net::HTTP: a job as JSON on stdin, what the client got on stdout.

require 'json'
require 'net/http'
require 'vcr'

job = JSON.parse($stdin.read)

VCR.configure do |config|
  config.cassette_library_dir = job['folder']
  config.hook_into :webmock
  config.preserve_exact_body_bytes { job['bodies'] == 'exact' }
  # what many projects do to get readable cassettes
  config.before_record do |call|
    body = call.response.body
    body.force_encoding('UTF-8') if job['bodies'] == 'utf-8'
    body.force_encoding('ASCII-8BIT') unless body.valid_encoding?
  end
end

def post(port, path, body)
  # to name an encoding keeps Net::HTTP from unpacking
  headers = { 'Content-Type' => 'application/json', 'Accept-Encoding' => 'gzip' }
  answer = Net::HTTP.new('127.0.0.1', port).post(path, body, headers)
  [answer.body].pack('m0')
end

answers = job['cassettes'].map do |cassette|
  options = { record: job['mode'].to_sym, match_requests_on: %i[method uri body] }
  VCR.use_cassette(cassette['name'], options) do
    cassette['calls'].map { |call| post(job['port'], call['path'], call['body']) }
  end
end
puts JSON.generate(answers)
