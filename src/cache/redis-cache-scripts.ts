import { createScript } from '../redis/create-script.js';

/*
 * An entry is `{"at": <micros>, "tags": {<tag>: <version>}}`, a line break, and its value. It counts as long as every tag
 * has the version that it had when the entry was stored. To invalidate is to delete versions, so that a version that was
 * evicted or has expired invalidates too: what is not known to hold is not served.
 *
 * Instants are texts, as the JSON of Redis rounds long numbers.
 */

/** KEYS: the epoch. ARGV: a new epoch, its time to live. Gives the epoch and the time by Redis's clock. */
export const EPOCH = createScript(`
local epoch = redis.call('GET', KEYS[1])
if epoch then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
else
  epoch = ARGV[1]
  redis.call('SET', KEYS[1], epoch, 'PX', ARGV[2])
end
local time = redis.call('TIME')
return { epoch, string.format('%.0f', time[1] * 1000000 + time[2]) }
`);

/**
 * KEYS: entries. ARGV: the start of tags' keys, the earliest instant that counts. Gives for each false or {age, value}. The
 * age of an entry from the future is unknown, because the clock of Redis has gone back: it does not count.
 */
export const GET = createScript(`
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local versions = {}
local found = {}
for index, key in ipairs(KEYS) do
  local text = redis.call('GET', key)
  found[index] = false
  if text then
    local lineBreak = string.find(text, '\\n', 1, true)
    local head = cjson.decode(string.sub(text, 1, lineBreak - 1))
    local at = tonumber(head.at)
    local counts = at >= tonumber(ARGV[2]) and at <= now
    for tag, version in pairs(head.tags) do
      if versions[tag] == nil then versions[tag] = redis.call('GET', ARGV[1] .. tag) end
      if versions[tag] ~= version then counts = false end
    end
    if counts then
      found[index] = { string.format('%.0f', (now - at) / 1000), string.sub(text, lineBreak + 1) }
    end
  end
end
return found
`);

/**
 * KEYS: the epoch, then entries. ARGV: the epoch at which the read started, when that was, a version for tags without
 * one, the start of tags' keys, then for each entry: time to live, value, number of tags, tags.
 */
export const SET = createScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local position = 5
for index = 2, #KEYS do
  local keepMs = tonumber(ARGV[position])
  local value = ARGV[position + 1]
  local count = tonumber(ARGV[position + 2])
  position = position + 3
  local tags = {}
  for _ = 1, count do
    local tag = ARGV[position]
    local key = ARGV[4] .. tag
    local version = redis.call('GET', key)
    if not version then
      version = ARGV[3]
      redis.call('SET', key, version, 'PX', keepMs)
    elseif redis.call('PTTL', key) < keepMs then
      redis.call('PEXPIRE', key, keepMs)
    end
    tags[tag] = version
    position = position + 1
  end
  redis.call('SET', KEYS[index], cjson.encode({ at = ARGV[2], tags = tags }) .. '\\n' .. value, 'PX', keepMs)
end
return 1
`);
