// Names below .localhost mean this machine (RFC 6761), but not every system's resolver knows it.
import dns from 'node:dns';

const lookup = dns.lookup;

dns.lookup = (hostname, options, callback) => {
  const done = typeof options === 'function' ? options : callback;
  const wanted = typeof options === 'object' ? options : { family: options };
  if (!/\.localhost\.?$/i.test(hostname)) {
    return lookup(hostname, options, callback);
  }
  const address = { address: '127.0.0.1', family: 4 };
  process.nextTick(() => (wanted.all ? done(null, [address]) : done(null, address.address, 4)));
};
