// What the public documents say about an answer: which operation it belongs to, whether its status is
// documented, and which required keys its body lacks.

/** Old clients reach a sandbox's toolbox through the API, which gives the toolbox's own status. */
const PASSED_ON = '/toolbox/{sandboxId}/toolbox/';

/** The contract as read.py prints it. */
export class Contract {
  /** @param documents one per service and version, the newest version first */
  constructor(documents) {
    this.newest = documents[0].version;
    this.documents = documents.map((document) => ({
      ...document,
      operations: document.operations.map((operation) => ({ ...operation, segments: operation.path.split('/') })),
    }));
  }

  /**
   * What is wrong with an answer, one sentence each.
   *
   * @param version of the client that asked; one without documents is held to the newest
   * @param path as requested, without the query
   * @param body parsed JSON, or undefined where the answer is no JSON
   */
  violations(version, method, path, status, body) {
    const { service, segments } = address(path);
    const document =
      this.documents.find((one) => one.service === service && one.version === version) ??
      this.documents.find((one) => one.service === service && one.version === this.newest);
    const operation = bestMatch(document.operations, method, segments);
    if (!operation) return [];
    return [...new Set(violationsOf(document, operation, status, body))].map(
      (sentence) => `${method} ${operation.path} (${service} ${document.version}): ${sentence}`,
    );
  }
}

/** A toolbox's paths stand behind the id of its sandbox, the others behind /api. */
function address(path) {
  const toolbox = /^\/toolbox\/[^/]+(\/.*)$/.exec(path);
  const own = toolbox ? toolbox[1] : path.replace(/^\/api(?=\/)/, '');
  return { service: toolbox ? 'toolbox' : 'api', segments: own.replace(/\/$/, '').split('/') };
}

/** Words of a path are preferred to parameters: /sandbox/paginated is no sandbox of that name. */
function bestMatch(operations, method, segments) {
  const parameters = (operation) => operation.segments.filter((segment) => segment.startsWith('{')).length;
  return operations
    .filter((operation) => operation.method === method && matches(operation.segments, segments))
    .sort((one, other) => parameters(one) - parameters(other))[0];
}

function matches(pattern, segments) {
  return (
    pattern.length === segments.length &&
    pattern.every((segment, i) => (segment.startsWith('{') ? segments[i] !== '' : segment === segments[i]))
  );
}

/** The documents list no code for what is not available, in lists that clients take as open ones. */
function withKnownCode(status, body) {
  const isUnavailable = status === 503 && body?.code === 'SERVICE_UNAVAILABLE';
  return isUnavailable ? { ...body, code: 'INTERNAL_SERVER_ERROR' } : body;
}

function violationsOf(document, operation, status, body) {
  if (status === 500) return ['status 500: the server did not expect this'];
  const whole = status === 206 || (operation.path.startsWith(PASSED_ON) && status < 300);
  // A part of what is asked for by a Range header is HTTP's own matter.
  const documented = whole ? 200 : status;
  const shape = operation.statuses[documented];
  if (documented in operation.statuses && (status < 400 || shape?.model)) {
    return body === undefined ? [] : differences(withKnownCode(status, body), shape, document.models, '');
  }
  if (status < 400) return [`status ${status}, documented: ${Object.keys(operation.statuses).join(', ')}`];
  // Few errors are documented by their keys; the clients read these two of any.
  const readable = typeof body?.message === 'string' && body.statusCode === status;
  return readable ? [] : [`status ${status} without message and statusCode`];
}

/** Where a value is not of a shape; `at` leads to it. */
function differences(value, shape, models, at) {
  if (shape === null || shape === undefined) return [];
  if (typeof shape === 'string') return isOfKind(value, shape) ? [] : [`${at || 'the body'} is no ${shape}`];
  if ('nullable' in shape) return value === null ? [] : differences(value, shape.nullable, models, at);
  if ('list' in shape) {
    if (!Array.isArray(value)) return [`${at || 'the body'} is no list`];
    return value.flatMap((item) => differences(item, shape.list, models, `${at}[]`));
  }
  if ('map' in shape) {
    if (!isObject(value)) return [`${at || 'the body'} is no object`];
    return Object.values(value).flatMap((item) => differences(item, shape.map, models, `${at}.*`));
  }
  return modelDifferences(value, models[shape.model], models, at);
}

function modelDifferences(value, model, models, at) {
  if (!model) return [];
  if (model.values) return model.values.includes(value) ? [] : [`${at} is ${JSON.stringify(value)}, no value of its kind`];
  if (!isObject(value)) return [`${at || 'the body'} is no object`];
  return Object.entries(model.fields).flatMap(([key, { required, shape }]) => {
    if (!(key in value)) return required ? [`${at}.${key} is missing`] : [];
    return differences(value[key], shape, models, `${at}.${key}`);
  });
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfKind(value, kind) {
  if (kind === 'integer') return Number.isInteger(value);
  return typeof value === kind;
}
