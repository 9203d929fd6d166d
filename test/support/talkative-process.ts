/** Tells a secret in a way that is not to be overlooked. */
process.stdout.write(`${JSON.stringify({ msg: `bearer ${btoa(`me:${process.env.MUSICAPI_KEY}`)}` })}\n`);
