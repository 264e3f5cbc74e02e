/// How the record is wrapped. Each of these occurs in the vendor's pages, samples or clients.
///
/// A refusal has an envelope in every shape.
public enum EnvelopeShape: Sendable, Hashable, CaseIterable {
    /// The record alone, as the page on this endpoint shows it.
    case bare

    /// `{"code":200,"message":…,"data":{…}}`.
    case object

    /// `{"code":200,"message":…,"data":"…"}` with the record as JSON text, as the vendor's iOS demo reads it.
    case jsonText

    /// `{"code":200,"message":…,"data":{"code":200,"message":…,"data":{…}}}`, as the QR code endpoint does.
    case nested

    /// `{"statusCode":200,"message":…,"data":{…}}`, as version 3 of the API does; the code of a refusal is `apiCode`.
    case statusCode
}
