exports.trails = [{ id: 1, name: 'Ridge walk', km: 11 }];
