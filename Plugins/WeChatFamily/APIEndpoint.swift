/// An endpoint of an API that answers failures with an `errcode`, and what its codes mean there.
package struct APIEndpoint: Sendable {
    /// Whose API it is, as `WeChat`.
    package let vendor: String
    /// Its name in a sentence, as `sns/userinfo`.
    package let name: String
    private let byCode: [Int64: Refusal]
    private let otherwise: Refusal

    /// Describes an endpoint.
    ///
    /// - Parameters:
    ///   - tables: What codes mean. Where several tables have a code, the first one counts; each has it once.
    ///   - otherwise: What any other code means.
    package init(_ name: String, of vendor: String, refusals tables: [[Refusal]], otherwise: Refusal) {
        self.name = name
        self.vendor = vendor
        self.otherwise = otherwise
        let meanings = tables.joined().flatMap { refusal in refusal.codes.map { ($0, refusal) } }
        byCode = Dictionary(meanings) { first, _ in first }
    }

    /// Its name with whose it is, as `WeChat's sns/userinfo`.
    package var title: String { "\(vendor)'s \(name)" }

    /// What a code means here.
    package func refusal(by code: Int64) -> Refusal { byCode[code] ?? otherwise }
}
