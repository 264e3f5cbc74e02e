/// What the record comes wrapped in. All of these were seen in the vendor's pages, samples and clients.
///
/// A refusal has an envelope in each of them.
public enum EnvelopeShape: Sendable, Hashable, CaseIterable {
    /// The record and nothing around it, as the page of this endpoint shows it.
    case bare

    /// `{"code":200,"message":…,"data":{…}}`.
    case object

    /// `{"code":200,"message":…,"data":"…"}` with the record as JSON text, as the vendor's iOS demo reads it.
    case jsonText

    /// `{"code":200,"message":…,"data":{"code":200,"message":…,"data":{…}}}`, as the QR code endpoint does it.
    case nested

    /// `{"statusCode":200,"message":…,"data":{…}}`, as version 3 of the API does it; the code of a refusal is `apiCode`.
    case statusCode
}
