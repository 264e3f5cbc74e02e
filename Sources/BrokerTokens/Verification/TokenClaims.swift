import Foundation
import StrictJSON

/// The claims of every token of this broker, checked. A missing claim is an error (CVE-2023-27490: checks were skipped
/// if the value to check was missing).
struct TokenClaims {
    let subject: String
    let audiences: [String]
    let issued: Date
    let expiry: Date
    let members: JSONObject

    private static let reader = JSONReader(
        limits: .init(maximumBytes: 16 * 1024, maximumDepth: 8), allowsByteOrderMark: false)
    /// Dates up to the end of the year 9999, within which date arithmetic is safe.
    private static let times: ClosedRange<Int64> = 0...253_402_300_799

    /// - Parameter leeway: How far the clock may be off.
    init(
        _ payload: [UInt8],
        issuer: String,
        at now: Date,
        leeway: ClockLeeway
    ) throws(TokenFault) {
        guard let members = (try? Self.reader.read(payload))?.object,
            let claimedIssuer = members.text("iss"), let subject = members.text("sub"),
            let audiences = Self.audiences(members["aud"]),
            let issued = members.time("iat"), let expiry = members.time("exp")
        else { throw .malformedClaims }
        guard claimedIssuer == issuer else { throw .wrongIssuer }
        guard now < expiry + leeway.expiry else { throw .expired }
        guard issued <= now + leeway.start, issued <= expiry else { throw .notYetValid }
        // We do not issue this claim, but if present it counts (RFC 7519 §4.1.5).
        if let start = members["nbf"] {
            guard let start = Self.time(start) else { throw .malformedClaims }
            guard start <= now + leeway.start else { throw .notYetValid }
        }
        self.subject = subject
        self.audiences = audiences
        self.issued = issued
        self.expiry = expiry
        self.members = members
    }

    /// One string or a list of strings (RFC 7519 §4.1.3), none of them empty.
    private static func audiences(_ value: JSONValue?) -> [String]? {
        guard let value else { return nil }
        let audiences = value.array?.map(\.string) ?? [value.string]
        let texts = audiences.compactMap { $0 }
        guard !texts.isEmpty, texts.count == audiences.count, !texts.contains("") else { return nil }
        return texts
    }

    fileprivate static func time(_ value: JSONValue) -> Date? {
        guard let seconds = value.int64, times.contains(seconds) else { return nil }
        return Date(timeIntervalSince1970: TimeInterval(seconds))
    }
}

extension JSONObject {
    /// A string that is not empty.
    func text(_ name: String) -> String? {
        guard let text = self[name]?.string, !text.isEmpty else { return nil }
        return text
    }

    /// A time in whole seconds since 1970.
    func time(_ name: String) -> Date? {
        self[name].flatMap(TokenClaims.time)
    }
}
