//! Whether a request's body was read. hyper closes a connection whose body nobody read to its end (a request without a
//! credential is answered before its body is looked at); the client must hear of it, or its next request is lost (RFC 9112, 9.6).

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
};

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderValue, header},
    response::Response,
};
use hyper::body::{Body as _, Frame, Incoming, SizeHint};

/// Whether the body was read to its end; nothing when there is none.
pub(super) struct Read(Option<Arc<AtomicBool>>);

struct Watched {
    body: Incoming,
    ended: Arc<AtomicBool>,
}

/// The request with a body that notes its end.
pub(super) fn watch(request: hyper::Request<Incoming>) -> (Request, Read) {
    if request.body().is_end_stream() {
        return (request.map(Body::new), Read(None));
    }
    let ended = Arc::new(AtomicBool::new(false));
    let read = Read(Some(ended.clone()));
    (request.map(|body| Body::new(Watched { body, ended })), read)
}

impl Read {
    /// Says in the reply that the connection ends with it, when it does.
    pub(super) fn tell(self, mut response: Response) -> Response {
        if self.0.is_some_and(|ended| !ended.load(Ordering::Relaxed)) {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

impl hyper::body::Body for Watched {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if frame.is_none() || self.body.is_end_stream() {
            self.ended.store(true, Ordering::Relaxed);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
