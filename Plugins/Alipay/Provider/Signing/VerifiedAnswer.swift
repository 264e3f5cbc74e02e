import IdentityBroker
import StrictJSON
import UpstreamAPI

/// The part of an answer that the gateway signed, once the signature is verified.
struct VerifiedAnswer: Sendable {
    let members: JSONObject
    /// Whether the gateway calls it an error, instead of naming the method.
    let isError: Bool

    /// Why an answer is not one.
    enum Fault: Error, Sendable, Equatable {
        /// It is no JSON object with one answer to the method in it.
        case unreadable
        /// It may be forged: its signature is missing, or of something else.
        case unverified(Unverified)
    }

    /// What is known of an answer whose signature does not verify.
    enum Unverified: Sendable, Equatable {
        /// It has a signature, which is another's, or of other bytes.
        case otherSignature
        /// It names another certificate of Alipay's than the configured one.
        case otherCertificate
        /// It has none. If it is a refusal, it says this, which proves nothing.
        case noSignature(Refusal?)
    }

    private static let errorName = "error_response"

    /// Reads an answer.
    ///
    /// - Parameters:
    ///   - method: The method that was called.
    ///   - repairs: Whether to put up with text that is not UTF-8, as in people's names.
    init(_ body: [UInt8], to method: String, verifiedWith keys: Keys, repairing repairs: Bool) throws(Fault) {
        let isUTF8 = String(validating: body, as: UTF8.self) != nil
        let encodings = isUTF8 || !repairs ? [TextRepair.Encoding.utf8] : TextRepair.Encoding.allCases
        var fault = Fault.unreadable
        for encoding in encodings {
            do throws(Fault) {
                self = try Self.read(body, method, keys, repairs ? encoding : nil)
                return
            } catch {
                // What is known of a signature says more than that another encoding does not fit.
                if fault == .unreadable { fault = error }
            }
        }
        throw fault
    }

    private init(members: JSONObject, isError: Bool) {
        self.members = members
        self.isError = isError
    }

    /// - Parameter encoding: The encoding to repair the text from; nil to read it as it is.
    private static func read(
        _ body: [UInt8],
        _ method: String,
        _ keys: Keys,
        _ encoding: TextRepair.Encoding?
    ) throws(Fault) -> VerifiedAnswer {
        func object(_ bytes: [UInt8]) -> JSONObject? {
            let text = encoding.map { TextRepair.repaired(bytes, from: $0) } ?? bytes
            return (try? JSONReader.allowingRawControlCharacters.read(text))?.object
        }
        let methodName = "\(method.replacing(".", with: "_"))_response"
        guard let envelope = object(body), (envelope[methodName] == nil) != (envelope[errorName] == nil) else {
            throw .unreadable
        }
        let name = envelope[methodName] == nil ? errorName : methodName
        let raw = RawMembers(bytes: body, encoding: encoding ?? .utf8)
        // What is used is what is signed: read from the same bytes, and not from the envelope.
        guard let node = raw.value(of: name), let members = object(Array(node)) else { throw .unreadable }
        try verify(node, of: envelope, saying: members, as: name, with: keys, in: encoding ?? .utf8)
        return VerifiedAnswer(members: members, isError: name == errorName)
    }

    private static func verify(
        _ node: ArraySlice<UInt8>,
        of envelope: JSONObject,
        saying members: JSONObject,
        as name: String,
        with keys: Keys,
        in encoding: TextRepair.Encoding
    ) throws(Fault) {
        guard let signature = envelope["sign"], !signature.isNull, signature.string != "" else {
            // The gateway calls a refusal an error, or by the name of the method.
            throw .unverified(.noSignature(Refusal(in: members)))
        }
        guard let text = signature.string,
            AnswerSignature(key: keys.alipay).verifies(text, of: node, in: encoding)
        else {
            let number = envelope.text("alipay_cert_sn")
            let isOther = keys.certificates.map { number != nil && number != $0.alipay } ?? false
            throw .unverified(isOther ? .otherCertificate : .otherSignature)
        }
    }
}
