import HTTPTypes
import IdentityBroker

extension UpstreamResponse {
    /// Reads an answer.
    ///
    /// - Throws: ``TransportFailure/Reason/malformedResponse`` if the status is not one of RFC 9110 §15,
    ///   ``TransportFailure/Reason/headersTooLarge`` if there are more fields than any upstream sends.
    init(_ answer: IncomingAnswer) throws(TransportFailure) {
        guard (200...599).contains(answer.status) else {
            throw TransportFailure(.malformedResponse, mayHaveLeft: true)
        }
        let head = answer.head
        guard HTTPFields.mayRead(head: head) else {
            throw TransportFailure(.headersTooLarge, mayHaveLeft: true)
        }
        self.init(status: HTTPResponse.Status(code: answer.status), body: answer.body) {
            // The check above ensures that there are not too many.
            HTTPFields(head: head) ?? [:]
        }
    }
}
