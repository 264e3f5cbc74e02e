import StrictJSON

extension JSONReader {
    /// The reader for everything that GenAuth sends: the answer, and the JSON texts inside it.
    ///
    /// The bound is the response size that a provider instance has by default. Raw control characters are let in because
    /// WeChat puts them into nicknames and city names.
    static let upstream = JSONReader(
        limits: Limits(maximumBytes: 256 * 1024, maximumDepth: 32),
        allowsRawControlCharactersInStrings: true
    )
}
