import StrictJSON

extension JSONReader {
    func outcome(_ document: some Collection<UInt8>) -> Result<JSONValue, JSONError> {
        Result { () throws(JSONError) in try read(document) }
    }

    func outcome(_ document: Span<UInt8>) -> Result<JSONValue, JSONError> {
        do throws(JSONError) { return .success(try read(document)) } catch { return .failure(error) }
    }

    func reads(_ document: some Collection<UInt8>, _ value: JSONValue) -> Bool {
        outcome(document) == .success(value)
    }

    func refuses(_ document: some Collection<UInt8>, _ code: JSONError.Code) -> Bool {
        outcome(document).error?.code == code
    }
}

extension Result {
    var error: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
