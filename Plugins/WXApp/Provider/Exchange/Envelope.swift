import StrictJSON

/// The content of an answer's body, whichever of GenAuth's envelopes it came in: the bare record; `code` and `data`, or
/// `statusCode` and `data`; `data` as an object or as JSON text; and the same once more inside `data`.
///
/// The absence of an error is not success: only an object with an id is a record. An id next to a code or next to
/// `data` is not a user's but, say, the request's.
enum Envelope {
    /// The record.
    case record(JSONObject)
    /// A business code other than success.
    case refusal(code: Int64)
    /// Neither, and why: a sentence that contains nothing of the body.
    case unintelligible(String)

    private static let success: Int64 = 200
    /// `data` in `data`, and no deeper.
    private static let maximumNesting = 2
    /// Names of codes, the most specific first: `statusCode` is an HTTP status that an `apiCode` explains.
    private static let codeNames = ["apiCode", "code", "statusCode"]
    private static let errorNames = ["error", "errors"]
    private static let idNames = ["_id", "id", "userId"]

    init(_ body: [UInt8]) {
        do throws(JSONError) {
            self.init(try JSONReader.upstream.read(body), nesting: 0)
        } catch {
            self = .unintelligible("it is not the JSON that GenAuth documents (\(error.code) at byte \(error.offset))")
        }
    }

    private init(_ value: JSONValue, nesting: Int) {
        guard let object = value.object else {
            self = .unintelligible("there is no JSON object in it")
            return
        }
        guard let codes = Self.codes(in: object) else {
            self = .unintelligible("its code is not a number")
            return
        }
        if let failure = codes.first(where: { $0 != Self.success }) {
            self = .refusal(code: failure)
        } else if Self.errorNames.contains(where: { object[$0]?.isNull == false }) {
            self = .unintelligible("it names an error without a code")
        } else if codes.isEmpty, object["data"] == nil, Self.idNames.contains(where: { object[$0] != nil }) {
            self = .record(object)
        } else {
            self.init(data: object["data"], nesting: nesting)
        }
    }

    private init(data: JSONValue?, nesting: Int) {
        guard let data, !data.isNull else {
            self = .unintelligible("there is no user record in it")
            return
        }
        guard nesting < Self.maximumNesting else {
            self = .unintelligible("its record is wrapped too often")
            return
        }
        guard let text = data.string else {
            self.init(data, nesting: nesting + 1)
            return
        }
        guard let value = try? JSONReader.upstream.read(text.utf8) else {
            self = .unintelligible("its data is text, and no JSON")
            return
        }
        self.init(value, nesting: nesting + 1)
    }

    /// The codes of one object; nil if one of them cannot be understood.
    private static func codes(in object: JSONObject) -> [Int64]? {
        var codes: [Int64] = []
        for name in codeNames {
            guard let value = object[name], !value.isNull else { continue }
            guard let code = value.wholeNumber else { return nil }
            codes.append(code)
        }
        return codes
    }
}
